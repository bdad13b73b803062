/** Provider of the sample traffic. Names that begin so are ours: a table that people write has none. */
export const sampleProvider = 'heavylift-sample'
const samplePrefix = `${sampleProvider}/`

/** Whether calls of this model are sample traffic: everywhere (table, meter, ledger, pages) the name is the mark. */
export function isSampleModel(name: string): boolean {
  return name.startsWith(samplePrefix)
}

export function sampleModel(name: string): string {
  return samplePrefix + name
}
