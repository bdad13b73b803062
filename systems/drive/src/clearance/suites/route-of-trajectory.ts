import type { RoadLink } from '../../world/opendrive/road.ts'
import type { RoadNetwork } from '../../world/opendrive/road-network.ts'
import type { Scenario, StoryElement } from '../../world/openscenario/scenario.ts'

/**
 * Ids of the roads that an entity's trajectory in its storyboard takes, with the connecting roads of the junctions between them: what a route takes where
 * somebody else drives. Empty where the entity has no trajectory of points in the world.
 */
export function roadsOfTrajectory(scenario: Scenario, network: RoadNetwork, entity: number): string[] {
  const visited: string[] = []
  for (const [x, y] of pointsOf(scenario.stories, entity)) {
    // Between the roads of a junction the nearest says little: those before and after it say which one it was.
    const { id, junction } = network.road(network.nearest(x, y).road)
    if (junction === null && visited.at(-1) !== id) visited.push(id)
  }
  return visited.flatMap((to, index) => {
    const from = visited[index - 1]
    return from === undefined ? [to] : [...connecting(network, from, to), to]
  })
}

function pointsOf(elements: readonly StoryElement[], entity: number): [x: number, y: number][] {
  const points: [number, number][] = []
  for (const { action, children } of elements) {
    const content = action?.entity === entity ? action.content : null
    if (content?.kind === 'followTrajectory')
      for (const { position } of content.vertices)
        if (position.kind === 'world') points.push([position.x, position.y])
    points.push(...pointsOf(children, entity))
  }
  return points
}

function connecting(network: RoadNetwork, from: string, to: string): string[] {
  const leads = (link: RoadLink | null) => link?.kind === 'road' && link.id === to
  for (const { connections } of network.junctions.values())
    for (const { incomingRoad, connectingRoad } of connections) {
      if (incomingRoad !== from) continue
      const road = network.road(network.indexOf(connectingRoad))
      if (leads(road.predecessor) || leads(road.successor)) return [connectingRoad]
    }
  return []
}
