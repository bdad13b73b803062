import { describe, expect, it } from 'vitest'
import { parseOpenScenario } from '../../../src/world/openscenario/parse-openscenario.ts'
import { ReadingNotes } from '../../../src/world/openscenario/reading-notes.ts'
import type { Scenario } from '../../../src/world/openscenario/scenario.ts'
import { writeOpenScenario } from '../../../src/world/openscenario/write-openscenario.ts'
import { Simulation } from '../../../src/world/simulator/simulation.ts'
import { openGround } from '../../../src/world/opendrive/open-ground.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { whenEntity } from '../../support/every-element.ts'
import { network, road } from '../../support/road-file.ts'
import { at, event, file, initial, run, scenarioOf, speed, vehicle } from '../../support/scenario-file.ts'

function read(text: string, isLenient = false): { scenario: Scenario; notes: ReadingNotes } {
  const notes = new ReadingNotes(isLenient)
  return { scenario: parseOpenScenario(parseXml(text, 'made.xosc'), new Map(), new Map(), notes), notes }
}

const parameters = (held: string) => `<ParameterDeclarations>${held}</ParameterDeclarations>`
const parameter = (name: string, type: string, value: string, held = '') =>
  `<ParameterDeclaration name="${name}" parameterType="${type}" value="${value}">${held}</ParameterDeclaration>`
const only = (rule: string, value: string) =>
  `<ConstraintGroup><ValueConstraint rule="${rule}" value="${value}"/></ConstraintGroup>`
const endAt = (value: string) => at(0).replace('value="0"', `value="${value}"`)
const endOf = ({ stop }: Scenario) => stop?.[0]?.[0]?.content
const pair = vehicle('a') + vehicle('b')
const private_ = (held: string) => `<PrivateAction>${held}</PrivateAction>`

describe('trailers', () => {
  it.each(['TrailerRef', 'EntityRef'])(
    'are named by a <%s>; a name that is empty holds none [DRIVE-OSC-14]',
    (element) => {
      const holding = (name: string) => {
        const hitched = vehicle('a').replace(
          '</Vehicle>',
          `<TrailerHitch dx="-1"/><Trailer><${element} entityRef="${name}"/></Trailer></Vehicle>`,
        )
        const drawn = vehicle('b').replace('</Vehicle>', '<TrailerCoupler dx="3"/></Vehicle>')
        return scenarioOf(file({ entities: hitched + drawn })).entities.map(({ trailer }) => trailer)
      }
      expect(holding('b')).toEqual(['b', undefined])
      expect(holding('')).toEqual([undefined, undefined])
    },
  )
})

describe('values of parameters', () => {
  it.each([
    ['${pi}', Math.PI],
    ['${2 * e}', 2 * Math.E],
    ['${-$v ** 1}', null],
    ['${round(7 / 2) + pow(2, 3) % 5}', 7],
    ['${$v > 3 and not ($v == 6)}', null],
    ['${max($v, 9) - min(1, 2)}', 8],
  ])('%s is worked out, or refused with its place [DRIVE-OSC-14]', (text, value) => {
    const made = () =>
      scenarioOf(file({ declarations: parameters(parameter('v', 'double', '5')), stop: endAt(text) }))
    if (value === null) expect(made).toThrow(/made\.xosc:1:\d+: <SimulationTimeCondition>/)
    else expect(endOf(made())).toMatchObject({ value })
  })

  it.each([
    ['string', 'dry', only('equalTo', 'dry'), 'wet'],
    ['boolean', '1', only('equalTo', 'true'), 'false'],
    ['dateTime', '2026-01-02T00:00:00', only('greaterThan', '2026-01-01T12:00:00'), '2025-06-01T00:00:00'],
    ['double', '5', only('lessThan', '6'), '7'],
  ])('of the type %s are held to their constraints [DRIVE-OSC-14]', (type, good, group, bad) => {
    const text = file({ declarations: parameters(parameter('p', type, good, group)) })
    expect(() => scenarioOf(text)).not.toThrow()
    expect(() => scenarioOf(text, new Map([['p', bad]]))).toThrow(/breaks its constraints/)
  })

  it('are seen in the story and maneuver that declare them, before those further out [DRIVE-OSC-14]', () => {
    const text = file({
      declarations: parameters(parameter('v', 'double', '1') + parameter('who', 'string', 'nobody')),
      actor: '$who',
      events: event('e', speed(9).replace('value="9"', 'value="$v"'), at(1)),
    })
      .replace('<Act ', `${parameters(parameter('who', 'string', 'a'))}<Act `)
      .replace(
        '<Maneuver name="maneuver">',
        `<Maneuver name="maneuver">${parameters(parameter('v', 'double', '4'))}`,
      )
    const group = scenarioOf(text).stories[0]?.children[0]?.children[0]
    const action = group?.children[0]?.children[0]?.children[0]?.action
    expect(action).toMatchObject({ entity: 0, content: { target: { value: 4 } } })
  })
})

describe('what a file holds', () => {
  it('is read without roads, where who has no trajectory stands [DRIVE-OSC-14]', () => {
    const place = private_(
      '<TeleportAction><Position><WorldPosition x="3" y="4" h="1"/></Position></TeleportAction>',
    )
    const text = file({ init: `<Private entityRef="a">${place}${speed(5)}</Private>` }).replace(
      '<LogicFile filepath="road.xodr"/>',
      '',
    )
    const { scenario } = read(text)
    expect(scenario.roadFile).toBe('')
    const simulation = new Simulation(scenario, openGround)
    for (let step = 0; step < 20; step++) simulation.step(step === 0 ? 0 : 0.05)
    expect([simulation.world.x[0], simulation.world.y[0]]).toEqual([3, 4])
  })

  it('may name entities together, by name or by kind [DRIVE-OSC-14]', () => {
    const selection =
      '<EntitySelection name="all"><Members><ByType objectType="vehicle"/></Members></EntitySelection>'
    const text = file({
      entities: pair + selection,
      init: initial('a', 10, 10) + initial('b', 50, 10),
      actor: 'all',
      events: event('e', speed(3), at(1)),
    })
    expect(run(text).at(-1)?.speedMps).toEqual([3, 3])
  })

  it('starts at once with an empty trigger, and says which acts never began [DRIVE-OSC-14]', () => {
    const text = file({ events: event('e', speed(3), at(1)) })
    const begun = text.replace(
      /<StartTrigger><ConditionGroup>.*?<\/StartTrigger><\/Event>/,
      '<StartTrigger/></Event>',
    )
    expect(run(begun)[1]?.speedMps[0]).toBe(3)
    const late = text.replace(/(<\/ManeuverGroup><StartTrigger>.*?value=)"0"/, '$1"99"')
    const simulation = new Simulation(scenarioOf(late), network(road({})))
    simulation.step(0)
    expect(simulation.actsNeverBegun).toEqual(['act'])
  })

  it('may break rules that hinder nothing, each noted with its place [DRIVE-FILES-07]', () => {
    const twice = event('e', speed(3), at(1)) + event('e', speed(4), at(2))
    const { notes } = read(
      file({ events: twice, declarations: parameters(parameter('v', 'double', 'fast')) }),
    )
    expect(notes.brokenRules.join('\n')).toMatch(/<Event> repeats the name e of another beside it/)
    expect(notes.brokenRules.join('\n')).toMatch(/needs a value of the type double, got "fast"/)
  })

  it('may hold user-defined actions and monitors, which are noted and kept [DRIVE-OSC-14]', () => {
    const custom =
      '<UserDefinedAction><CustomCommandAction type="horn">3</CustomCommandAction></UserDefinedAction>'
    const { scenario, notes } = read(
      file({ init: initial('a', 1, 1) + custom }).replace(
        '<RoadNetwork>',
        '<MonitorDeclarations><MonitorDeclaration name="m" value="false"/></MonitorDeclarations><RoadNetwork>',
      ),
    )
    expect(scenario.monitors).toEqual({ m: 'false' })
    expect(notes.remarks.join()).toMatch(/type "horn" is user-defined/)
  })
})

describe('what cannot be', () => {
  const distance = (entity: string) =>
    private_(
      `<LongitudinalAction><LongitudinalDistanceAction entityRef="${entity}" distance="5" freespace="false" continuous="true"/></LongitudinalAction>`,
    )

  it.each([
    [
      'a distance from itself',
      file({ events: event('e', distance('a'), at(1)) }),
      /<Action> has a act with regard to itself/,
    ],
    [
      'a body of −4.6 m',
      file({}).replace('length="5"', 'length="-4.6"'),
      /<Dimensions> needs length not to be negative, got "-4.6"/,
    ],
    [
      'a speed of 1e308',
      file({ init: initial('a', 1, 1).replace('value="1"', 'value="1e308"') }),
      /needs a number of at most 1000000000000 as value/,
    ],
    [
      'a negative delay',
      file({ stop: at(1, 'conditionEdge="none" delay="-1"') }),
      /<Condition> needs delay not to be negative/,
    ],
    [
      'a condition on what is not there',
      file({
        stop: at(1).replace(
          /<SimulationTimeCondition[^>]*>/,
          '<StoryboardElementStateCondition storyboardElementType="event" storyboardElementRef="gone" state="completeState"/>',
        ),
      }),
      /names the event gone, which is not there/,
    ],
  ])('%s is refused with its place [DRIVE-FILES-07]', (_what, text, message) => {
    expect(() => scenarioOf(text)).toThrow(message)
    expect(() => scenarioOf(text)).toThrow(/made\.xosc:1:\d+/)
  })

  it('is left out by a lenient reading, each with a note [DRIVE-FILES-07]', () => {
    const hidden = private_(
      '<VisibilityAction graphics="true" traffic="true" sensors="false"><SensorReferenceSet><SensorReference name="s"/></SensorReferenceSet></VisibilityAction>',
    )
    const text = file({
      events: event('e', hidden, at(1)) + event('f', speed(3), at(2)),
      stop: at(5).replace('rule="greaterOrEqual"', 'rule="greaterOrEqual" unit="s"'),
    })
    expect(() => read(text)).toThrow(/is not/)
    const { scenario, notes } = read(text, true)
    expect(notes.deviations).toHaveLength(2)
    expect(scenario.stories[0]?.children[0]?.children[0]?.children[0]?.children).toHaveLength(2)
  })

  it('ends the run where a number is none, and says whose and when [DRIVE-FILES-07]', () => {
    const simulation = new Simulation(scenarioOf(file({})), network(road({})))
    simulation.step(0)
    simulation.world.speed[0] = NaN
    expect(() => simulation.step(0.05)).toThrow(/At 0\.05 s the place or speed of a is no number/)
  })
})

describe('what authors write', () => {
  const notesOf = (text: string) => read(text).notes
  const brokenBy = (text: string) => notesOf(text).brokenRules.join('\n')

  it('of a gap with a sign keeps its amount, and notes it [DRIVE-OSC-14]', () => {
    const text = file({
      entities: vehicle('a') + vehicle('b'),
      init: initial('a', 10, 10) + initial('b', 40, 10),
      events: event(
        'e',
        private_(
          '<LongitudinalAction><LongitudinalDistanceAction entityRef="b" distance="-12" freespace="false" continuous="true"/></LongitudinalAction>',
        ),
        at(1),
      ),
    })
    expect(brokenBy(text)).toMatch(/needs distance not to be negative, got "-12": its amount is kept/)
    const last = run(text).at(-1)
    expect((last?.x[1] ?? 0) - (last?.x[0] ?? 0)).toBeCloseTo(12, 6)
  })

  it('takes a collision that names nobody for one with anybody [DRIVE-OSC-14]', () => {
    const text = file({
      entities: vehicle('a') + vehicle('b'),
      init: initial('a', 10, 10) + initial('b', 40, 2),
      stop: whenEntity('<CollisionCondition/>'),
    })
    expect(brokenBy(text)).toMatch(/<CollisionCondition> needs an <EntityRef> or a <ByType>/)
    // 30 m apart with bodies of 5 m, 8 m/s between them, and half a second of delay.
    expect(run(text).at(-1)?.timeS).toBeCloseTo(25 / 8 + 0.5, 0)
  })

  it('goes on without a controller that its catalog does not have, and on open ground without roads [DRIVE-OSC-14]', () => {
    const controlled = file({
      entities: vehicle(
        'a',
        '<ObjectController><CatalogReference catalogName="gone" entryName="driver"/></ObjectController>',
      ),
    })
    expect(brokenBy(controlled)).toMatch(/names the catalog gone, which is not in the folders/)
    expect(read(controlled).scenario.entities[0]?.controllerSettings).toEqual({ isForeign: true })
    const roadless = file({}).replace(/<RoadNetwork>.*<\/RoadNetwork>/, '')
    expect(brokenBy(roadless)).toMatch(/needs a <RoadNetwork>: the ground is open/)
    expect(read(roadless).scenario.roadFile).toBe('')
  })

  it('rolls and pitches bodies as positions say, along whose axes others stand [DRIVE-OSC-14]', () => {
    const beside = (rest: string, turned: string) =>
      `<TeleportAction><Position><RelativeObjectPosition entityRef="a" dx="0" dy="0"${rest}><Orientation type="relative" h="0" ${turned}/></RelativeObjectPosition></Position></TeleportAction>`
    const all = run(
      file({
        init: initial('a', 10, 0),
        events:
          event('fall', private_(beside('', 'r="1.5707963267948966"')), at(1)) +
          event('rise', private_(beside(' dz="0.4"', 'r="-1.5707963267948966"')), at(2)) +
          event('up', private_(beside(' dz="3"', '')), at(3)),
        stop: at(4),
      }),
    )
    const y = (timeS: number) => all.find((one) => Math.abs(one.timeS - timeS) < 1e-6)?.y[0]
    expect(y(1.5)).toBeCloseTo(-1.75, 9)
    // What is above a body that lies on its right side is to the right of where it stood.
    expect(y(2.5)).toBeCloseTo(-1.75 - 0.4, 9)
    expect(y(3.5)).toBeCloseTo(-1.75 - 0.4, 9)
  })
})

describe('who and what a trigger sees', () => {
  const near = (entities: string, rule: string) =>
    `<Condition name="near" conditionEdge="none" delay="0"><ByEntityCondition><TriggeringEntities triggeringEntitiesRule="${rule}">${entities}</TriggeringEntities><EntityCondition><ReachPositionCondition tolerance="3"><Position><WorldPosition x="60" y="-1.75"/></Position></ReachPositionCondition></EntityCondition></ByEntityCondition></Condition>`
  const ref = (name: string) => `<EntityRef entityRef="${name}"/>`

  it('moves those of several that meet its conditions, where actors are selected by them [DRIVE-OSC-14]', () => {
    const text = file({
      entities: pair,
      init: initial('a', 10, 10) + initial('b', 40, 10),
      events: event('e', speed(3), near(ref('a') + ref('b'), 'any')),
      stop: at(4),
    }).replace(/<Actors.*?<\/Actors>/, '<Actors selectTriggeringEntities="true"/>')
    // b comes there after two seconds, a would after five.
    expect(run(text).at(-1)?.speedMps).toEqual([10, 3])
    const again = writeOpenScenario(read(text).scenario)
    expect(run(again).at(-1)?.speedMps).toEqual([10, 3])
  })

  it('sees that an event was skipped, and refuses states that there are not [DRIVE-OSC-14]', () => {
    const slow = speed(20, 'dynamicsShape="linear" dynamicsDimension="time" value="5"')
    const skipped = (state: string) =>
      file({
        events:
          event('long', slow, at(1)) +
          event('skipped', speed(1), at(2), 'priority="skip"') +
          event(
            'seen',
            '<PrivateAction><LongitudinalAction><SpeedAction><SpeedActionDynamics dynamicsShape="step" dynamicsDimension="time" value="0"/><SpeedActionTarget><AbsoluteTargetSpeed value="40"/></SpeedActionTarget></SpeedAction></LongitudinalAction></PrivateAction>',
            `<Condition name="after" conditionEdge="none" delay="0"><ByValueCondition><StoryboardElementStateCondition storyboardElementType="event" storyboardElementRef="skipped" state="${state}"/></ByValueCondition></Condition>`,
          ),
        stop: at(4),
      })
    expect(run(skipped('skipTransition')).at(-1)?.speedMps[0]).toBe(40)
    expect(run(skipped('startTransition')).at(-1)?.speedMps[0]).toBeLessThan(20)
    expect(() => read(skipped('skipped'))).toThrow(/needs state to be one of standbyState/)
  })
})
