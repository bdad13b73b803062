/** `on lap 12`; feeds count completed laps, so nobody has one on the first. */
export function onLap(lap: number): string {
  return lap === 0 ? 'on the opening lap' : `on lap ${lap}`
}
