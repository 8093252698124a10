"""What every chart is drawn with: canvas, colours, ticks, rows, SVG and PNG."""
