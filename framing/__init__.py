"""How do these outlets tell the same story differently?"""
