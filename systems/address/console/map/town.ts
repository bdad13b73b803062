/** A place on the map, in degrees. */
export interface Spot {
  id: string
  address: string
  latitude: number
  longitude: number
}

/** Houses of one street in the order of their numbers: the line that they draw is the street. */
export interface Street<Place extends Spot> {
  name: string
  places: Place[]
}

/** Houses that have a number and a street, by street; streets emerge from the addresses alone. */
export function streetsOf<Place extends Spot>(places: readonly Place[]): Street<Place>[] {
  const streets = new Map<string, { number: number; place: Place }[]>()
  for (const place of places) {
    const match =
      /^(\d+)\S*\s+(?:[NSEW]\s)?([^,#]+?)(?:\s+(?:apt|unit|ste|suite|pmb|#)\b.*|\s+#.*)?(?:,|$)/i.exec(
        place.address,
      )
    if (match === null) continue
    const name = match[2]!.toUpperCase()
    const street = streets.get(name) ?? []
    street.push({ number: Number(match[1]), place })
    streets.set(name, street)
  }
  return [...streets].map(([name, houses]) => ({
    name,
    places: houses.sort((a, b) => a.number - b.number).map(({ place }) => place),
  }))
}

/** From degrees to pixels: everything fits, north is up, and a degree of longitude is as wide as it is at that latitude. */
export function projection(
  spots: readonly Spot[],
  width: number,
  height: number,
  marginPx = 24,
): (spot: Spot) => { x: number; y: number } {
  const latitudes = spots.map(({ latitude }) => latitude)
  const longitudes = spots.map(({ longitude }) => longitude)
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)]
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)]
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min(
    (width - 2 * marginPx) / Math.max((east - west) * narrowing, 1e-5),
    (height - 2 * marginPx) / Math.max(north - south, 1e-5),
  )
  const left = (width - (east - west) * narrowing * scale) / 2
  const top = (height - (north - south) * scale) / 2
  return ({ latitude, longitude }) => ({
    x: left + (longitude - west) * narrowing * scale,
    y: top + (north - latitude) * scale,
  })
}
