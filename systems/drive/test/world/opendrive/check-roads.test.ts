import { describe, expect, it } from 'vitest'
import { checkRoads } from '../../../src/world/opendrive/rules/check-roads.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { lane, network, road } from '../../support/road-file.ts'

const header = '<header revMajor="1" revMinor="7"/>'
const check = (inside: string) => checkRoads(parseXml(`<OpenDRIVE>${inside}</OpenDRIVE>`, 'r.xodr'))
const notesOf = (inside: string) => check(header + inside).notes.map(({ message }) => message)

const section = (right: string, s = 0) =>
  `<laneSection s="${s}"><center><lane id="0" type="none"/></center><right>${right}</right></laneSection>`
const next = (id: number, contactPoint = 'start') =>
  `<successor elementType="road" elementId="${id}" contactPoint="${contactPoint}"/>`
const before = (id: number) => `<predecessor elementType="road" elementId="${id}" contactPoint="end"/>`
const geometry = (s: number, x: number, length: number, shape = '<line/>', hdg = 0) =>
  `<geometry s="${s}" x="${x}" y="0" hdg="${hdg}" length="${length}">${shape}</geometry>`
const poly = (bU: number, aV: number) =>
  `<paramPoly3 aU="0" bU="${bU}" cU="0" dU="0" aV="${aV}" bV="0" cV="0" dV="0" pRange="normalized"/>`
const object = (attributes: string, inside: string) =>
  road({ more: `<objects><object id="o" s="1" t="5" ${attributes}>${inside}</object></objects>` })
const at = (id: string, x: number, link: string) => road({ id, link, geometry: geometry(0, x, 100) })
const thin = '<lane id="-1" type="driving"><width sOffset="0" a="0" b="0.035" c="0" d="0"/></lane>'
const junction = (inside: string, attributes = '') =>
  `<junction id="9" name="" ${attributes}>${inside}</junction>`
const connect = (contactPoint: string, links: string) =>
  `<connection id="0" incomingRoad="1" connectingRoad="2" contactPoint="${contactPoint}">${links}</connection>`
const crossing =
  at('1', 0, '<successor elementType="junction" elementId="9"/>') +
  road({ id: '2', junction: '9', link: before(1) + next(3), geometry: geometry(0, 100, 100) }) +
  at('3', 200, '<predecessor elementType="junction" elementId="9"/>')

describe('checkRoads', () => {
  it.each<[string, string, RegExp]>([
    [
      'entries out of order',
      road({
        lanes: `<laneOffset s="9" a="0" b="0" c="0" d="0"/><laneOffset s="3" a="1" b="0" c="0" d="0"/>${section(lane(-1))}`,
      }),
      /<laneOffset> starts at 3, before the <laneOffset> above it \(9\)/,
    ],
    [
      'a road mark that does not say what it looks like',
      road({ lanes: section(lane(-1).replace('</lane>', '<roadMark sOffset="0" color="white"/></lane>')) }),
      /<roadMark> needs the attribute type: it is taken as none/,
    ],
    [
      'an entry that says nothing new',
      road({
        lanes: `<laneOffset s="0" a="1" b="1" c="0" d="0"/><laneOffset s="3" a="4" b="1" c="0" d="0"/>${section(lane(-1))}`,
      }),
      /<laneOffset> is redundant/,
    ],
    [
      'a gap in the line',
      road({ geometry: geometry(0, 0, 50) + geometry(50, 50.2, 50) }),
      /<geometry> starts 0\.200 m from where the geometry before it ends/,
    ],
    [
      'a kink in the line',
      road({ geometry: geometry(0, 0, 50) + geometry(50, 50, 50, '<line/>', 0.2) }),
      /<geometry> starts with a heading 0\.200 rad from/,
    ],
    [
      'another length than its pieces',
      road({ geometry: geometry(0, 0, 50) }),
      /<road> is 100 m long, but its geometries are 50\.000 m long together/,
    ],
    [
      'a curve of another length',
      road({ geometry: geometry(0, 0, 100, poly(90, 0)) }),
      /is 90\.0000 m long: length does not match the curve/,
    ],
    [
      'a curve that starts elsewhere',
      road({ geometry: geometry(0, 0, 100, poly(100, 1)) }),
      /does not start at the geometry’s place and heading/,
    ],
    [
      'a repetition that does not say where it is to the side',
      object('', '<repeat s="0" length="20" distance="5" tEnd="5"/>'),
      /<repeat> needs the attribute tStart/,
    ],
    [
      'a sign with an empty value',
      road({ more: '<signals><signal id="s" s="1" t="5" type="274" value=""/></signals>' }),
      /<signal> has an empty value/,
    ],
    [
      'a lane without a width',
      road({ lanes: section('<lane id="-1" type="driving"/>') }),
      /<lane> needs a <width> or a <border>/,
    ],
    [
      'a width a little below zero',
      road({ lanes: section(lane(-1, -0.2)) }),
      /<lane> is -0\.200 m wide somewhere/,
    ],
    [
      'a lane beyond a level one',
      road({ lanes: section(lane(-1).replace('type', 'level="true" type') + lane(-2)) }),
      /has level="false" beyond a lane with level="true"/,
    ],
    [
      'allow and deny in one place',
      road({
        lanes: section(
          lane(-1).replace(
            '</lane>',
            '<access sOffset="0" rule="allow" restriction="bus"/><access sOffset="0" rule="deny" restriction="taxi"/></lane>',
          ),
        ),
      }),
      /<access> mixes deny with allow/,
    ],
    [
      'a link to a lane that is not there',
      road({
        lanes:
          section(lane(-1, 3, '<successor id="-2"/>')) + section(lane(-1, 3, '<predecessor id="-1"/>'), 50),
      }),
      /names lane -2 as its successor, which the section after it does not have/,
    ],
    [
      'links that disagree',
      road({
        lanes:
          section(lane(-1, 3, '<successor id="-1"/>') + lane(-2, 3, '<successor id="-2"/>')) +
          section(lane(-1, 3, '<predecessor id="-2"/>') + lane(-2, 3, '<predecessor id="-2"/>'), 50),
      }),
      /names lane -2 as its predecessor, but that one names -2 as successor: links have to agree/,
    ],
    [
      'a lane that goes on without a link',
      road({ lanes: section(lane(-1)) + section(lane(-1, 3, '<predecessor id="-1"/>'), 50) }),
      /has no successor, but the section after it has a lane -1 too/,
    ],
    [
      'a new lane that is linked',
      road({
        lanes:
          section(lane(-1, 3, '<successor id="-1"/>')) +
          section(thin.replace('<width', '<link><predecessor id="-1"/></link><width'), 50),
      }),
      /is a new lane of no width at its start/,
    ],
    [
      'a road that is not there',
      road({ link: next(7) }),
      /<successor> names road "7", which the file does not have; the road ends there/,
    ],
    [
      'roads that do not meet',
      at('1', 0, next(2)) + at('2', 150, before(1)),
      /leads to road 2, whose start lies 50\.00 m away: a gap/,
    ],
    [
      'the wrong contact point',
      at('1', 0, next(2, 'end')) + at('2', 100, before(1)),
      /names the end of road 2 as contact point, but it is the other end that lies there/,
    ],
    [
      'roads that come together without a junction',
      at('1', 0, next(2)) + at('2', 100, before(1)) + at('3', 0, next(2)),
      /leads to the start of road 2 as road 1 does too; where roads come together a junction is needed/,
    ],
    [
      'the wrong contact point in a junction',
      crossing + junction(connect('end', '<laneLink from="-1" to="-1"/>')),
      /has the contact point end, but the connecting road 2 meets road 3 at its end/,
    ],
    [
      'a connection that comes twice',
      crossing +
        junction(
          connect('start', '<laneLink from="-1" to="-1"/>') +
            connect('start', '<laneLink from="-2" to="-2"/>'),
        ),
      /connects road 1 with road 2 once more/,
    ],
    [
      'a lane link to a lane that is not there',
      crossing + junction(connect('start', '<laneLink from="-1" to="-7"/>')),
      /<laneLink> leads to lane -7, which road 2 does not have there/,
    ],
    [
      'a lane link against the traffic',
      crossing + junction(connect('start', '<laneLink from="1" to="1"/>')),
      /leads from lane 1 of road 1, whose traffic comes out of the junction/,
    ],
    ['an outline without corners', object('', '<outlines><outline/></outlines>'), /<outline> needs corners/],
    [
      'an outline of one corner',
      object('', '<outlines><outline><cornerRoad s="1" t="1"/></outline></outlines>'),
      /<outline> needs at least two <cornerRoad>, got one/,
    ],
    [
      'a marking of a corner that is not there',
      object(
        'type="crosswalk"',
        '<outlines><outline><cornerRoad id="1" s="1" t="1"/><cornerRoad id="2" s="1" t="1"/></outline></outlines><markings><marking><cornerReference id="5"/></marking></markings>',
      ),
      /<cornerReference> names the corner "5", which no outline of the object has/,
    ],
    [
      'a parking space in a pole',
      object('type="pole"', '<parkingSpace/>'),
      /<parkingSpace> stands in an object of type pole/,
    ],
    ['a radius beside a width', object('radius="1" width="2"', ''), /has a radius beside length or width/],
    [
      'two signals of one id',
      road({
        more: '<signals><signal id="x" s="1" t="1" type="1"/><signal id="x" s="2" t="1" type="1"/></signals>',
      }),
      /<signal> has the id "x" of another <signal>/,
    ],
  ])('notes %s by its place [DRIVE-FORMATS-02]', (_what, text, message) => {
    const notes = notesOf(text)
    expect(
      notes.some((note) => message.test(note)),
      notes.join('\n'),
    ).toBe(true)
    expect(notes.every((note) => /^r\.xodr:\d+:\d+: </.test(note))).toBe(true)
    expect(check(header + text).refused).toBeNull()
  })

  it('finds nothing in roads that keep the rules [DRIVE-FORMATS-02]', () => {
    const links = '<laneLink from="-1" to="-1"/><laneLink from="-2" to="-2"/>'
    const back = connect('end', '<laneLink from="1" to="1"/>').replace('incomingRoad="1"', 'incomingRoad="3"')
    expect(notesOf(crossing + junction(connect('start', links) + back))).toEqual([])
  })

  it('asks for the version of the standard', () => {
    expect(check(road({})).notes[0]?.message).toMatch(/needs a <header> with the version/)
    expect(check(`<header/>${road({})}`).notes[0]?.message).toMatch(/<header> needs revMajor and revMinor/)
  })

  it('says why a file cannot be read, beside what else is wrong with it', () => {
    const { network, refused, notes } = check(road({ length: -1 }))
    expect(network).toBeNull()
    expect(refused?.message).toMatch(/r\.xodr:1:\d+: <road> needs a positive length/)
    expect(notes).toHaveLength(1)
  })
})

it('takes a repetition’s side from its object, and no value from an empty one, where older files leave them out [DRIVE-FORMATS-02]', () => {
  const file = (inside: string) => network(inside).road(0)
  expect(file(object('', '<repeat s="0" length="20" distance="5"/>')).objects[0]).toMatchObject({
    t: 5,
    repeats: [{ t: [5, 5] }],
  })
  const signs = '<signals><signal id="s" s="1" t="5" type="274" value=""/></signals>'
  expect(file(road({ more: signs })).signals[0]).toMatchObject({ type: '274', value: null })
})
