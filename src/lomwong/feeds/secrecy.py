"""No key of a private feed in any log. Pure: the settings of logging name it before there is an app."""

import logging
import re

_KEY = re.compile(r"(/feeds/private/)[^/\s\"'?#]+")


class HideKeys(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if "/feeds/private/" in (message := record.getMessage()):
            record.msg, record.args = _KEY.sub(r"\1…", message), None
        if record.exc_info and not record.exc_text:
            text = logging.Formatter().formatException(record.exc_info)
            if "/feeds/private/" in text:
                record.exc_text = _KEY.sub(r"\1…", text)
        return True
