/** A layout of tracks as integrators of mobile robots hand it over: nodes in metres, directed edges, stations. */
export interface Layout {
  layoutId: string
  /** Level in a building, where the file says so. */
  levelId: string | null
  version: string
  nodes: LayoutNode[]
  edges: LayoutEdge[]
  stations: LayoutStation[]
}

export interface LayoutNode {
  nodeId: string
  mapId: string | null
  xMetres: number
  yMetres: number
  /** Types of vehicles that the node is for; empty where it says none. */
  vehicleTypes: string[]
}

export interface LayoutEdge {
  edgeId: string
  startNodeId: string
  endNodeId: string
  vehicleTypes: string[]
  /** The slowest of what its types of vehicles may drive, where any is given. */
  maxSpeedMps: number | null
}

export interface LayoutStation {
  stationId: string
  /** Nodes from which a vehicle works with the station. */
  interactionNodeIds: string[]
  name: string | null
}
