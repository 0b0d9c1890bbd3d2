"""导入导出: choose what to import, send a file or cells, match its columns, look at the preview, import, undo."""
