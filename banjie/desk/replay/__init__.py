"""测算: what a draft would have judged differently in the past; shown with its watermark, handed on nowhere."""
