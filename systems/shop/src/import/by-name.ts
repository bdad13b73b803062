/** Names that are kept; a feed that invents one for every row must not fill the memory. */
const most = 20_000

/** A function of a column's name that looks at each name once: a feed says the same names row by row. */
export function byName<Value>(of: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>()
  return (name) => {
    const had = known.get(name)
    if (had !== undefined || known.has(name)) return had as Value
    const value = of(name)
    if (known.size < most) known.set(name, value)
    return value
  }
}
