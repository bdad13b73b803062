/** Puts chunks that want the same objects next to each other, so that a batch of them reads each once; else they stay in order. */
export function orderByNear(chunks: readonly number[], near: readonly (readonly string[])[]): number[] {
  const first = new Map<string, number>()
  for (const chunk of chunks) {
    const keys = JSON.stringify(near[chunk] ?? [])
    if (!first.has(keys)) first.set(keys, chunk)
  }
  const place = (chunk: number): number => first.get(JSON.stringify(near[chunk] ?? []))!
  return [...chunks].sort((a, b) => place(a) - place(b) || a - b)
}
