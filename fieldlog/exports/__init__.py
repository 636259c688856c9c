"""Taking rows and tallies out, as files for spreadsheets and maps."""
