/**
 * The metrics of several processes as one page in the Prometheus text format: each sample gets the label `process`, and samples of one
 * metric stand together, as the format asks.
 */
export function mergeMetrics(pages: readonly { process: number; text: string }[]): string {
  const families = new Map<string, { head: string[]; samples: string[] }>()
  for (const { process, text } of pages) {
    let family: { head: string[]; samples: string[] } | null = null
    let isNew = false
    for (const line of text.split('\n')) {
      if (line.startsWith('# HELP ') || line.startsWith('# TYPE ')) {
        const name = line.split(' ', 3)[2] ?? ''
        const known = families.get(name)
        isNew = known === undefined || (known === family && isNew)
        family = known ?? { head: [], samples: [] }
        families.set(name, family)
        if (isNew) family.head.push(line)
      } else if (line !== '' && !line.startsWith('#')) family?.samples.push(labelled(line, process))
    }
  }
  return `${[...families.values()].map(({ head, samples }) => [...head, ...samples].join('\n')).join('\n\n')}\n`
}

function labelled(sample: string, process: number): string {
  const label = `process="${process}"`
  const end = sample.search(/[{ ]/)
  const name = sample.slice(0, end)
  const rest = sample.slice(end)
  if (rest.startsWith('{}')) return `${name}{${label}}${rest.slice(2)}`
  return rest.startsWith('{') ? `${name}{${label},${rest.slice(1)}` : `${name}{${label}}${rest}`
}
