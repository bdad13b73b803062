import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
import { extractFiles } from '../packs/fixture.ts'

const quay = ({ right = 'read', path = 'berths', about = 'lists' }) => ({
  'package.json': '{"dependencies":{"@nestjs/common":"10","grants":"1"}}',
  'src/app.ts': `import { Controller, Get, Module } from '@nestjs/common'
import { ApiOperation } from '@nestjs/swagger'
import { Rights, Right } from 'grants'
@Controller('quay')
export class Quay {
  @Get('free')
  free() { return { free: 1 } }
  @ApiOperation({ summary: '${about}' })
  @Rights(Right.${right}, 'quay')
  @Get('${path}')
  list() { return { done: 1 } }
}
@Module({ controllers: [Quay] }) export class App {}
`,
})

async function drifts(after: Parameters<typeof quay>[0]) {
  const [was, is] = [await extractFiles(quay({})), await extractFiles(quay(after))]
  const found = compareSets(was.set, is.set, await changesBetween(was, is)).drifts
  return found.map(({ kind, factKind, requirement, after: now }) => [kind, factKind, requirement, now])
}

test('tells another right that a decorator from outside is given, of its operation [SPEC-DRIFT-07]', async () => {
  expect(await drifts({ right: 'write' })).toEqual([
    ['changed', 'code', 'GET /quay/berths', "`@Rights(Right.write, 'quay')`"],
  ])
})

test('tells another path once, and what is for readers not at all [SPEC-DRIFT-04]', async () => {
  expect((await drifts({ path: 'piers' })).map(([kind, of]) => [kind, of])).toEqual([
    ['changed', 'operation'],
  ])
  expect(await drifts({ about: 'gives' })).toEqual([])
})

test('tells a parameter of Java that is gone with what it is given by, and not one that says what it did [SPEC-DRIFT-07]', async () => {
  const cranes = (params: string) => ({
    'pom.xml':
      '<project><dependencies><dependency><artifactId>dropwizard-core</artifactId></dependency></dependencies></project>',
    'src/main/java/quay/Cranes.java': `package quay;
import foreman.Shift;
import jakarta.ws.rs.*;
@Path("/cranes")
public class Cranes {
    private final Yard yard;
    @GET
    public String list(${params}@QueryParam("from") Long from) { return yard.all(from); }
}
interface Yard { String all(Long from); }
`,
  })
  const told = async (params: string) => {
    const [was, is] = [await extractFiles(cranes('@Shift Crew crew, ')), await extractFiles(cranes(params))]
    const { drifts } = compareSets(was.set, is.set, await changesBetween(was, is))
    return drifts.map(({ kind, factKind }) => [kind, factKind])
  }
  expect(await told('')).toEqual([['changed', 'code']])
  expect(await told('@Shift final Crew crew, ')).toEqual([])
})

test('tells another right that an annotation of the service’s own is given, of its operation [SPEC-DRIFT-07]', async () => {
  const wharf = (right: string) => ({
    'pom.xml':
      '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
    'src/main/java/wharf/NeedsRight.java':
      'package wharf;\npublic @interface NeedsRight {\n    String[] value();\n}\n',
    'src/main/java/wharf/Rights.java':
      'package wharf;\npublic final class Rights {\n    public static final String LOOK = "wharf.look";\n    public static final String SHUT = "wharf.shut";\n}\n',
    'src/main/java/wharf/Wharves.java': `package wharf;
import org.springframework.web.bind.annotation.*;
@RestController
public class Wharves {
    private final Yard yard;
    @NeedsRight(${right})
    @DeleteMapping("/wharves/{code}")
    public void shut(@PathVariable String code) { yard.shut(code); }
}
interface Yard { void shut(String code); }
`,
  })
  const [was, is] = [await extractFiles(wharf('Rights.SHUT')), await extractFiles(wharf('Rights.LOOK'))]
  const found = compareSets(was.set, is.set, await changesBetween(was, is)).drifts
  expect(found.map(({ kind, requirement, after }) => [kind, requirement, after])).toEqual([
    ['changed', 'DELETE /wharves/{code}', '`@NeedsRight(Rights.LOOK)`'],
  ])
})
