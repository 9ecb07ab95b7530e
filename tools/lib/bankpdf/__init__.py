"""Lays out the PDF files of a bank: questionnaires to fill and legal documents."""
