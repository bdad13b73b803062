/** Figures of each source beside the mean, and the source that does worst by each rate (all rates: more is better). */
export function bySource<Figures extends Record<string, number>>(
  figures: ReadonlyMap<string, Figures>,
  rates: readonly (keyof Figures & string)[],
) {
  const worst: Record<string, { source: string; value: number }> = {}
  for (const rate of rates)
    for (const [source, { [rate]: value }] of figures)
      if (value !== undefined && Number.isFinite(value) && value < (worst[rate]?.value ?? Infinity))
        worst[rate] = { source, value }
  return { sources: Object.fromEntries(figures), worst }
}

/** First folder of a path, the name of its source where a tree holds several; the tree itself where files stand at its top. */
export function sourceOf(path: string): string {
  const [first, ...rest] = path.split('/')
  return rest.length === 0 || first === undefined || /^(?:\.kiro|openspec|specs)$/.test(first)
    ? 'tree'
    : first
}
