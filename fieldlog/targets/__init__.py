"""How far the work done has come towards what was promised: arithmetic only, no database."""
