import proj4 from 'proj4'

/** Where on earth the coordinates of a file of roads lie: a projection (PROJ string, WKT or EPSG code), and where in its plane the file's origin is, in metres and radians. */
export interface GeoReference {
  projection: string
  x: number
  y: number
  heading: number
}

/** x and y in the file of a place on earth, in degrees (WGS 84); null where the projection is not known or has no such place. */
export function planePlace(
  { projection, x, y, heading }: GeoReference,
  longitudeDeg: number,
  latitudeDeg: number,
): [x: number, y: number] | null {
  let place: number[]
  try {
    place = proj4(projection).forward([longitudeDeg, latitudeDeg])
  } catch {
    // It throws texts and errors of many kinds at what it does not know.
    return null
  }
  const east = (place[0] ?? NaN) - x
  const north = (place[1] ?? NaN) - y
  const cos = Math.cos(heading)
  const sin = Math.sin(heading)
  const found: [number, number] = [east * cos + north * sin, north * cos - east * sin]
  return found.every(Number.isFinite) ? found : null
}
