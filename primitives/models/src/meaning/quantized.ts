/** A vector in whole numbers, and what one of them is worth. */
export interface Quantized {
  values: Int8Array | Int16Array
  unit: number
}

/** The vector in whole numbers from -`most` to `most`; 127 at the most takes 8 bits a number, and moves a cosine by less than .005. */
export function quantized(vector: Float32Array, most: number): Quantized {
  let largest = 0
  for (const value of vector) largest = Math.max(largest, Math.abs(value))
  const unit = largest === 0 ? 1 : largest / most
  const values = most > 127 ? new Int16Array(vector.length) : new Int8Array(vector.length)
  vector.forEach((value, at) => {
    values[at] = Math.round(value / unit)
  })
  return { values, unit }
}
