/** Metres between nodes, and where the first one lies. */
const [pitch, west, north] = [1.5, 10, -4]

/**
 * A layout as LIF of our own making: rows of nodes that are driven one way, one to the east and the next to the west, joined both ways at both ends and in the middle; four
 * stations; and a spur from which nothing leads back.
 */
export function madeLayout(rows = 4, columns = 9): string {
  const id = (row: number, column: number): string => `node-${row}-${column}`
  const nodes = [{ nodeId: 'spur', mapId: 'hall', nodePosition: { x: west + columns * pitch, y: north } }]
  const ways: [string, string][] = [[id(0, columns - 1), 'spur']]
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const nodePosition = { x: west + column * pitch, y: north - row * pitch }
      nodes.push({ nodeId: id(row, column), mapId: 'hall', nodePosition })
      const [from, to] = [id(row, column), id(row, column + 1)]
      if (column + 1 < columns) ways.push(row % 2 === 0 ? [from, to] : [to, from])
      if (row + 1 < rows && column % Math.floor(columns / 2) === 0)
        ways.push([id(row, column), id(row + 1, column)], [id(row + 1, column), id(row, column)])
    }
  const stations = [id(0, 1), id(1, columns - 2), id(rows - 1, 1), id(rows - 1, columns - 2)]
  return JSON.stringify({
    metaInformation: { projectIdentification: 'made', creator: 'made', lifVersion: '1.0.0' },
    layouts: [
      {
        layoutId: 'hall',
        layoutVersion: '1',
        nodes,
        edges: ways.map(([startNodeId, endNodeId]) => ({
          edgeId: `${startNodeId}>${endNodeId}`,
          startNodeId,
          endNodeId,
        })),
        stations: stations.map((node, at) => ({ stationId: `s${at}`, interactionNodeIds: [node] })),
      },
    ],
  })
}
