/** Words and signs of JSON, each with its place. */
const tokens = /"(?:\\.|[^"\\])*"|[{}[\]:,]|[^\s{}[\]:,"]+/g

/** Line and column, both from 1, of an offset into a text. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `line ${before.length}, column ${(before.at(-1) as string).length + 1}`
}

/** Offset of the key, or in a list of the value, that `path` leads to in valid JSON; of the nearest one around it where it is not there. */
export function offsetOf(json: string, path: readonly PropertyKey[]): number {
  const stack: (string | number)[] = []
  const isList: boolean[] = []
  let key: string | null = null
  let best = { depth: -1, offset: 0 }
  const look = (offset: number): void => {
    const depth = stack.length
    if (
      depth > best.depth &&
      depth <= path.length &&
      stack.every((step, i) => String(path[i]) === String(step))
    )
      best = { depth, offset }
  }
  for (const { 0: token, index } of json.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      look(index)
      isList.push(token === '[')
      stack.push(token === '[' ? 0 : '')
    } else if (token === '}' || token === ']') {
      isList.pop()
      stack.pop()
    } else if (token === ',') {
      const last = stack.length - 1
      if (isList[last] === true) stack[last] = Number(stack[last]) + 1
      else stack[last] = ''
    } else if (token === ':') stack[stack.length - 1] = key ?? ''
    else if (token.startsWith('"') && isList.at(-1) === false && stack.at(-1) === '') {
      key = JSON.parse(token) as string
      if (path.at(-1) === key && path.length === stack.length) {
        stack[stack.length - 1] = key
        look(index)
        stack[stack.length - 1] = ''
      }
    } else look(index)
  }
  return best.offset
}
