"""Files on disk: written in one piece, the journal and its codec, the library of a home, clocks."""
