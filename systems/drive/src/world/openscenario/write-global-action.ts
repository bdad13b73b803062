import type { XmlNode } from '../xml/write-xml.ts'
import { holder, node } from '../xml/write-xml.ts'
import type { ActionContent, ScenarioEnvironment, TrafficSignalProgram } from './scenario.ts'
import type { NameOf } from './write-place.ts'
import { positionNode } from './write-position.ts'
import { trafficNode } from './write-traffic.ts'

const globalKinds = [
  'environment',
  'entityPresence',
  'setValue',
  'modifyValue',
  'trafficSignalState',
  'trafficSignalPhase',
  'traffic',
  'userDefined',
] as const

/** Actions on the whole scenario. */
export type GlobalContent = Extract<ActionContent, { kind: (typeof globalKinds)[number] }>

export function isGlobal(action: ActionContent): action is GlobalContent {
  return globalKinds.some((kind) => kind === action.kind)
}

function some(name: string, attributes: XmlNode['attributes']): XmlNode | null {
  return Object.values(attributes).every((value) => value === null) ? null : node(name, attributes)
}

function environmentNode(environment: ScenarioEnvironment): XmlNode {
  const { name, dateTime, isTimeAnimated, cloudState } = environment
  const weather = node('Weather', { fractionalCloudCover: cloudState }, [
    some('Sun', {
      illuminance: environment.illuminanceLux,
      elevation: environment.sunElevationRad,
      azimuth: environment.sunAzimuthRad,
    }),
    some('Fog', { visualRange: environment.visualRangeM }),
    environment.precipitation === null
      ? null
      : node('Precipitation', {
          precipitationType: environment.precipitation,
          precipitationIntensity: environment.precipitationMmPerH,
        }),
  ])
  return node('Environment', { name }, [
    dateTime === null ? null : node('TimeOfDay', { animation: isTimeAnimated, dateTime }),
    weather,
    some('RoadCondition', { frictionScaleFactor: environment.friction }),
  ])
}

function valueNode(of: 'parameter' | 'variable', name: string, child: XmlNode): XmlNode {
  return of === 'parameter'
    ? node('ParameterAction', { parameterRef: name }, [child])
    : node('VariableAction', { variableRef: name }, [child])
}

function content(action: GlobalContent, nameOf: NameOf): XmlNode {
  switch (action.kind) {
    case 'environment':
      return node('EnvironmentAction', {}, [environmentNode(action.environment)])
    case 'entityPresence':
      return node('EntityAction', { entityRef: nameOf(action.entity) }, [
        action.position === null
          ? node('DeleteEntityAction')
          : node('AddEntityAction', {}, [positionNode(action.position, nameOf)]),
      ])
    case 'setValue':
      if (action.of === 'monitor')
        return node('SetMonitorAction', { monitorRef: action.name, value: action.value })
      return valueNode(action.of, action.name, node('SetAction', { value: action.value }))
    case 'modifyValue':
      return valueNode(
        action.of,
        action.name,
        node('ModifyAction', {}, [
          node('Rule', {}, [
            node(action.operation === 'add' ? 'AddValue' : 'MultiplyByValue', { value: action.by }),
          ]),
        ]),
      )
    case 'trafficSignalState':
      return infrastructure(node('TrafficSignalStateAction', { name: action.signal, state: action.state }))
    case 'trafficSignalPhase':
      return infrastructure(
        node('TrafficSignalControllerAction', {
          trafficSignalControllerRef: action.controller,
          phase: action.phase,
        }),
      )
    case 'traffic':
      return node('TrafficAction', { trafficName: action.name }, [trafficNode(action.flow, nameOf)])
    case 'userDefined':
      return node('CustomCommandAction', { type: action.type })
  }
}

function infrastructure(child: XmlNode): XmlNode {
  return node('InfrastructureAction', {}, [node('TrafficSignalAction', {}, [child])])
}

export function globalActionNode(action: GlobalContent, nameOf: NameOf): XmlNode {
  const holderName = action.kind === 'userDefined' ? 'UserDefinedAction' : 'GlobalAction'
  return node(holderName, {}, [content(action, nameOf)])
}

/** `<TrafficSignals>`, or null where there are none. */
export function trafficSignalsNode(programs: TrafficSignalProgram[]): XmlNode | null {
  return holder(
    'TrafficSignals',
    programs.map(({ name, delayS, reference, phases }) =>
      node(
        'TrafficSignalController',
        { name, delay: delayS, reference },
        phases.map((phase) =>
          node(
            'Phase',
            { name: phase.name, duration: phase.durationS },
            phase.states.map(({ signal, state }) =>
              node('TrafficSignalState', { trafficSignalId: signal, state }),
            ),
          ),
        ),
      ),
    ),
  )
}
