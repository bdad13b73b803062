/** What of a floor is in view: the cell in the middle, and how many CSS pixels a cell has. */
export interface Camera {
  row: number
  column: number
  scale: number
}

export interface Size {
  width: number
  height: number
}

/** The whole floor, with a little room around it. */
export function fitCamera(rows: number, columns: number, { width, height }: Size): Camera {
  return {
    row: rows / 2,
    column: columns / 2,
    scale: Math.max(0.5, Math.min(width / (columns + 1), height / (rows + 1))),
  }
}

/** Row and column, with parts, under a point of the picture. */
export function placeAt(
  camera: Camera,
  { width, height }: Size,
  x: number,
  y: number,
): [row: number, column: number] {
  return [camera.row + (y - height / 2) / camera.scale, camera.column + (x - width / 2) / camera.scale]
}

/** Nearer or farther, keeping what is under a point where it is. */
export function zoomAt(
  camera: Camera,
  size: Size,
  factor: number,
  x = size.width / 2,
  y = size.height / 2,
): Camera {
  const scale = Math.min(64, Math.max(0.5, camera.scale * factor))
  const [row, column] = placeAt(camera, size, x, y)
  return {
    scale,
    row: row - (y - size.height / 2) / scale,
    column: column - (x - size.width / 2) / scale,
  }
}
