/** Light and weather; they act on sensors and on grip. */
export interface Environment {
  /** Light on the ground in lux: 100,000 in full sun, 10,000 overcast, 400 at dusk, 15 under street lamps, 0.2 moonlit. */
  illuminanceLux: number
  /** Meteorological visual range in metres; 200 and less is fog. */
  visualRangeM: number
  precipitation: 'none' | 'rain' | 'snow'
  precipitationMmPerH: number
  /** Peak coefficient of friction: 1 dry, 0.7 wet, 0.3 snow, 0.1 ice. */
  friction: number
}

export const clearDay: Environment = {
  illuminanceLux: 50_000,
  visualRangeM: 10_000,
  precipitation: 'none',
  precipitationMmPerH: 0,
  friction: 1,
}
