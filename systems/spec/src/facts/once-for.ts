/** The same function, which is asked once for each thing: what it is given must not change. */
export function onceFor<Given extends object, Found>(find: (given: Given) => Found): (given: Given) => Found {
  const known = new WeakMap<Given, { found: Found }>()
  return (given) => {
    const before = known.get(given)
    if (before) return before.found
    const found = find(given)
    known.set(given, { found })
    return found
  }
}

/** What is kept under a key, made where nothing is yet. */
export function keptIn<Key, Found>(known: Map<Key, Found>, key: Key, make: () => Found): Found {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  known.set(key, made)
  return made
}
