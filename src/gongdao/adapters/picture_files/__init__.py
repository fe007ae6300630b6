"""What is done with pictures without reading them: fingerprints, differences, redaction, EXIF."""
