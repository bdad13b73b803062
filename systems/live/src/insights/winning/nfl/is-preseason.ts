/**
 * Whether a game's id, which begins with its date (`2011082653`), is of the preseason: August and before the first Sunday that
 * can open a season (5 September). Starters sit out and leads mean less, so it is not trained on.
 */
export function isPreseason(gameId: string): boolean {
  const date = /^\d{4}(\d{4})\d{2}$/.exec(gameId)
  const day = Number(date?.[1] ?? 1231)
  return day >= 700 && day < 905
}
