/** Maps a sport's plane into pixels: `x * scale + left`, `y * scale + top`. */
export interface Fit {
  scale: number
  left: number
  top: number
}

/** The largest picture of `width` by `height` units that fits a canvas with `margin` pixels left free around it. */
export function fitInto(
  canvas: { width: number; height: number },
  units: { width: number; height: number },
  margin: number,
): Fit {
  const scale = Math.max(
    0.001,
    Math.min((canvas.width - 2 * margin) / units.width, (canvas.height - 2 * margin) / units.height),
  )
  return {
    scale,
    left: (canvas.width - units.width * scale) / 2,
    top: (canvas.height - units.height * scale) / 2,
  }
}
