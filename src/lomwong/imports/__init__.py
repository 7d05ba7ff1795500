"""Old data is welcome: a folder per source. `parse.py` reads it and knows nothing of Django; `load.py` writes it down.

Every parser yields what it understood and a `Problem` for what it did not, so that nothing is lost silently, and
raises `UnreadableFile` when the file as a whole is not what was asked for.
"""
