"""What a company takes along from its handbook: fonts, pictures of the logo, palettes, an archive."""
