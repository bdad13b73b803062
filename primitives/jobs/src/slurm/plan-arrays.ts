/**
 * Cuts chunks into batches (an array task each) of `chunksPerBatch`, and batches into arrays of at most `maxArraySize` tasks: the indices
 * of an array go from 0 to `MaxArraySize` − 1.
 */
export function planArrays(
  chunks: readonly number[],
  chunksPerBatch: number,
  maxArraySize: number,
): number[][][] {
  const batches = slices(chunks, chunksPerBatch)
  return slices(batches, maxArraySize)
}

function slices<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
