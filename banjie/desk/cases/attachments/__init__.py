"""The files of a case on their way out: as downloads, and pictures that we wrote anew ourselves in the page."""
