/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/*
 * Every problem that the server answers with, in one place: NAME becomes KAB_PROBLEM_NAME, then
 * its code on the wire, its HTTP status and its title. A code is for ever: the application
 * translates it. Each has a section in docs/errors.md with cause and remedy; a test compares.
 */
#define KAB_PROBLEM_LIST(X)                                                                        \
  /* What is wrong with the message itself */                                                      \
  X (BAD_REQUEST, "bad-request", 400, "The message is malformed")                                  \
  X (INVALID_PATH, "invalid-path", 400, "The address is malformed")                                \
  X (INVALID_QUERY, "invalid-query", 400, "A query parameter is malformed")                        \
  X (INVALID_HEADER, "invalid-header", 400, "A header field is malformed")                         \
  X (INVALID_JSON, "invalid-json", 400, "The body is not valid JSON")                              \
  X (UNEXPECTED_BODY, "unexpected-body", 400, "This request takes no body")                        \
  X (IDEMPOTENCY_KEY_MISSING, "idempotency-key-missing", 400, "An Idempotency-Key is needed")      \
  X (NOT_FOUND, "not-found", 404, "There is no such resource")                                     \
  X (CHECKSUM_UNSUPPORTED, "checksum-unsupported", 400, "The checksum's method is not known")      \
  X (METHOD_NOT_ALLOWED, "method-not-allowed", 405, "The resource doesn't take this method")       \
  X (TUS_VERSION_UNSUPPORTED, "tus-version-unsupported", 412, "Uploads speak tus 1.0.0")           \
  X (BODY_TOO_LARGE, "body-too-large", 413, "The body is too large")                               \
  X (URI_TOO_LONG, "uri-too-long", 414, "The address is too long")                                 \
  X (UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", 415, "The body's type is not accepted")     \
  X (RANGE_NOT_SATISFIABLE, "range-not-satisfiable", 416, "The body has no such part")             \
  X (EXPECTATION_FAILED, "expectation-failed", 417, "The expectation can't be met")                \
  X (HEADERS_TOO_LARGE, "headers-too-large", 431, "The header section is too large")               \
  /* Who asks */                                                                                   \
  X (UNAUTHENTICATED, "unauthenticated", 401, "Sign in first")                                     \
  X (CREDENTIALS_WRONG, "credentials-wrong", 401, "The name or the password is wrong")             \
  X (FORBIDDEN, "forbidden", 403, "This is not allowed for you")                                   \
  X (PASSWORD_CHANGE_REQUIRED, "password-change-required", 403, "Change the password first")       \
  /* What is asked for */                                                                          \
  X (CONFLICT, "conflict", 409, "The present state doesn't allow this")                            \
  X (ADDRESS_TAKEN, "address-taken", 409, "The address belongs to an account already")             \
  X (APPLICATION_OPEN, "application-open", 409, "There is an application that isn't finished")     \
  X (APPLICATION_LOCKED, "application-locked", 409, "The application was submitted")               \
  X (IDENTIFICATION_CLOSED, "identification-closed", 409, "There is nothing to identify for")      \
  X (DOCUMENT_ACTION_REFUSED, "document-action-refused", 409,                                      \
     "The document's state doesn't allow this")                                                    \
  X (DECISION_TOO_EARLY, "decision-too-early", 409, "Steps before the decision are missing")       \
  X (VERSION_CONFLICT, "version-conflict", 412, "The resource has changed meanwhile")              \
  X (VALIDATION_FAILED, "validation-failed", 422, "Some values are not accepted")                  \
  X (FORM_INVALID, "form-invalid", 422, "Some answers are missing or wrong")                       \
  X (IDEMPOTENCY_KEY_REUSED, "idempotency-key-reused", 422,                                        \
     "The Idempotency-Key was used for another request")                                           \
  X (PRECONDITION_REQUIRED, "precondition-required", 428, "If-Match is needed")                    \
  /* Uploads */                                                                                    \
  X (UPLOAD_OFFSET_CONFLICT, "upload-offset-conflict", 409, "The upload continues elsewhere")      \
  X (TOO_MANY_UPLOADS, "too-many-uploads", 409, "Too many files wait to be attached")              \
  X (UPLOAD_EXPIRED, "upload-expired", 410, "The upload has expired")                              \
  X (UPLOAD_TOO_LARGE, "upload-too-large", 413, "The file is too large")                           \
  X (CHECKSUM_MISMATCH, "checksum-mismatch", 460, "The bytes don't match their checksum")          \
  /* How the server is */                                                                          \
  X (RESEND_TOO_EARLY, "resend-too-early", 429, "A code was sent a moment ago")                    \
  X (TOO_MANY_CODES, "too-many-codes", 429, "Too many codes were sent within the hour")            \
  X (TOO_MANY_REQUESTS, "too-many-requests", 429, "Too many requests")                             \
  X (INTERNAL, "internal", 500, "The server failed")                                               \
  X (PROVIDER_UNAVAILABLE, "provider-unavailable", 502, "A service that is needed doesn't answer") \
  X (BUSY, "busy", 503, "The server is busy")                                                      \
  X (STOPPING, "stopping", 503, "The server is being restarted")                                   \
  X (STORE_UNAVAILABLE, "store-unavailable", 503, "The storage can't be reached")
