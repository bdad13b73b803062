/** A GGUF file with a head, padded to `bytes`, and tensors if they are given: their type, their sizes and where each begins. */
export function tinyGguf(
  bytes: number,
  tensors: { type: number; sizes: number[]; offset: number }[] = [],
): Buffer {
  const text = (value: string) => {
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(Buffer.byteLength(value)))
    return Buffer.concat([length, Buffer.from(value)])
  }
  const uint32 = (value: number) => {
    const result = Buffer.alloc(4)
    result.writeUInt32LE(value)
    return result
  }
  const uint64 = (value: number) => {
    const result = Buffer.alloc(8)
    result.writeBigUInt64LE(BigInt(value))
    return result
  }
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(4),
    text('general.architecture'),
    uint32(8),
    text('llama'),
    // A vocabulary, which is passed over.
    text('tokenizer.ggml.tokens'),
    uint32(9),
    uint32(8),
    uint64(3),
    ...['a', 'bc', 'def'].map(text),
    text('llama.context_length'),
    uint32(4),
    uint32(2048),
    text('tokenizer.chat_template'),
    uint32(8),
    text('{{ messages }}'),
    ...tensors.flatMap(({ type, sizes, offset }, index) => [
      text(`blk.${index}.weight`),
      uint32(sizes.length),
      ...sizes.map(uint64),
      uint32(type),
      uint64(offset),
    ]),
  ])
  const body = Buffer.alloc(Math.max(0, bytes - head.length))
  for (let at = 0; at < body.length; at++) body[at] = (at * 31) % 251
  return Buffer.concat([head, body])
}
