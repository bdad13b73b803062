import { describe, expect, it } from 'vitest'
import { floorOfLayout } from '../../src/floor/floor-of-layout.ts'
import { readLif } from '../../src/floor/read-lif.ts'

const node = (nodeId: string, x: number, y: number) => ({ nodeId, mapId: 'm', nodePosition: { x, y } })
const edge = (startNodeId: string, endNodeId: string, maxSpeed?: number) => ({
  edgeId: `${startNodeId}-${endNodeId}`,
  startNodeId,
  endNodeId,
  vehicleTypeEdgeProperties: [{ vehicleTypeId: 'tug', ...(maxSpeed === undefined ? {} : { maxSpeed }) }],
})
const layout = {
  layoutId: 'ground',
  layoutVersion: '1',
  nodes: [node('a', 0, 0), node('b', 1.5, 0), node('c', 1.5, 1.5)],
  edges: [edge('a', 'b', 1.2), edge('b', 'a'), edge('b', 'c')],
  stations: [{ stationId: 's', interactionNodeIds: ['c'], stationName: 'Dock' }],
}
const meta = {
  projectIdentification: 'p',
  creator: 'c',
  exportTimestamp: '2024-03-01T00:00:00Z',
  lifVersion: '1.0.0',
}
const lif = (changed: object) =>
  JSON.stringify({ metaInformation: meta, layouts: [{ ...layout, ...changed }] })

describe('a layout in LIF', () => {
  it('is read with its nodes, edges and stations, below origins as in the draft of 2.0 too [ROBOTS-READ-06]', () => {
    const [read] = readLif(lif({}), 'hall.lif')
    expect(read).toMatchObject({
      layoutId: 'ground',
      nodes: [{ nodeId: 'a', xMetres: 0, yMetres: 0 }, { nodeId: 'b' }, { nodeId: 'c' }],
      edges: [{ maxSpeedMps: 1.2, vehicleTypes: ['tug'] }, { maxSpeedMps: null }, {}],
      stations: [{ stationId: 's', interactionNodeIds: ['c'], name: 'Dock' }],
    })
    const draft = {
      metaInformation: { ...meta, lifVersion: '2.0.0' },
      origins: [{ originId: 'o', layouts: [layout] }],
    }
    expect(readLif(JSON.stringify(draft), 'hall.lif')).toEqual([read])
  })

  it('has types and speeds by the names of 2.0', () => {
    const types = [
      { mobileRobotTypes: ['A', 'B'].map((seriesName) => ({ manufacturer: 'Tug', seriesName })) },
    ]
    const second = {
      ...layout,
      nodes: layout.nodes.map((one) => ({ ...one, mobileRobotTypeNodeProperties: types })),
      edges: layout.edges.map(({ edgeId, startNodeId, endNodeId }) => ({
        edgeId,
        startNodeId,
        endNodeId,
        mobileRobotTypeEdgeProperties: types.map((each) => ({ ...each, maximumSpeed: 1.5 })),
      })),
    }
    const [read] = readLif(
      JSON.stringify({ metaInformation: meta, origins: [{ layouts: [second] }] }),
      'hall.lif',
    )
    expect(read?.nodes[0]?.vehicleTypes).toEqual(['Tug A', 'Tug B'])
    expect(read?.edges[0]).toMatchObject({ vehicleTypes: ['Tug A', 'Tug B'], maxSpeedMps: 1.5 })
  })

  it('has one cell where several nodes are in one place, each for a type of its own', () => {
    const twice = {
      nodes: [...layout.nodes, node('c2', 1.5, 1.5)],
      edges: [...layout.edges, edge('b', 'c2'), edge('c', 'c2')],
    }
    const { cellOf } = floorOfLayout(readLif(lif(twice), 'hall.lif')[0]!)
    expect(cellOf.get('c2')).toBe(cellOf.get('c'))
  })

  it('may lead into another layout of the file, by a lift, which no floor has', () => {
    const upper = { layoutId: 'upper', nodes: [node('u', 0, 0)] }
    const lifted = { ...layout, edges: [...layout.edges, edge('c', 'u')] }
    const [ground] = readLif(JSON.stringify({ metaInformation: meta, layouts: [lifted, upper] }), 'hall.lif')
    expect(ground?.edges).toHaveLength(4)
    expect(floorOfLayout(ground!).floor.columns).toBe(2)
  })

  it('becomes a floor whose one-way edges stay so [ROBOTS-READ-06]', () => {
    const { floor, pitchMetres, cellOf } = floorOfLayout(readLif(lif({}), 'hall.lif')[0]!)
    expect([floor.rows, floor.columns, pitchMetres]).toEqual([2, 2, 1.5])
    const [a, b, c] = ['a', 'b', 'c'].map((id) => cellOf.get(id)!) as [number, number, number]
    expect([
      floor.ahead[a * 4],
      floor.ahead[b * 4 + 2],
      floor.ahead[b * 4 + 3],
      floor.ahead[c * 4 + 1],
    ]).toEqual([b, a, c, -1])
  })

  it.each([
    [{ nodes: [node('a', 0, 0), node('a', 1, 0)] }, 'there are two nodes a'],
    [{ edges: [edge('a', 'z')] }, 'edge a-z: its node z is in no layout'],
    [{ stations: [{ stationId: 's', interactionNodeIds: ['z'] }] }, 'station s: its node z'],
    [{ nodes: [{ nodeId: 'a', nodePosition: { x: 'far', y: 0 } }] }, 'layouts.0.nodes.0.nodePosition.x'],
  ])('is refused where it is broken %# [ROBOTS-READ-06]', (changed, message) => {
    expect(() => readLif(lif(changed), 'hall.lif')).toThrow(message)
  })

  it('is refused as a floor where its nodes are on no grid [ROBOTS-READ-06]', () => {
    const skew = { nodes: [node('a', 0, 0), node('b', 1, 0), node('c', 1.4, 1)] }
    expect(() => floorOfLayout(readLif(lif(skew), 'hall.lif')[0]!)).toThrow('node c is off a grid')
  })
})
