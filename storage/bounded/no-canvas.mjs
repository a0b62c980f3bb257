// PDF.js wants these where it draws. We only read, and leave its native canvas out (package.json, overrides).
for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globalThis[name] ??= class {};
