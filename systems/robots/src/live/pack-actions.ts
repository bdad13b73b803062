/** Actions of a step, two bits each, four robots a byte: 10,000 robots in 2.5 kB. */
export function packActions(actions: Uint8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(actions.length / 4))
  for (let robot = 0; robot < actions.length; robot++)
    packed[robot >> 2]! |= (actions[robot]! & 3) << ((robot & 3) * 2)
  return packed
}

/** Action of a robot in packed ones. */
export const actionOf = (packed: Uint8Array, robot: number): number =>
  (packed[robot >> 2]! >> ((robot & 3) * 2)) & 3
