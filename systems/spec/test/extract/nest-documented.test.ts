import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import type { Shape } from '../../src/facts/shape.ts'
import { extractFiles } from '../packs/fixture.ts'

const printed = (shape: Shape): string =>
  shape.type === 'object'
    ? `{${shape.fields.map((one) => `${one.name}: ${printed(one.shape)}`).join(', ')}}`
    : shape.type === 'array'
      ? `[${printed(shape.items)}]`
      : shape.type === 'model'
        ? shape.name
        : shape.type

/** A program of Nest: what it sets, and its module's code. */
async function nest(settings: string, code: string, imports = '') {
  const { set } = await extractFiles({
    'package.json':
      '{"dependencies":{"@nestjs/common":"11.0.0","@nestjs/core":"11.0.0","class-validator":"0.14.0"}}',
    'src/main.ts': `
import { NestFactory } from '@nestjs/core'
import { RequestMethod, ValidationPipe, VersioningType, ClassSerializerInterceptor } from '@nestjs/common'
import { Dock } from './dock'
const app = await NestFactory.create(Dock)
${settings}
await app.listen(3000)
`,
    'src/dock.ts': `
import { Body, CallHandler, Controller, Delete, ExecutionContext, FileTypeValidator, Get, Injectable, MaxFileSizeValidator, Module, NestInterceptor, Param, ParseArrayPipe, ParseEnumPipe, ParseFilePipe, ParseFilePipeBuilder, Patch, Post, Put, Query, Redirect, Req, SetMetadata, UploadedFile, UploadedFiles, UseInterceptors, ValidationPipe } from '@nestjs/common'
import { FileInterceptor, FilesInterceptor } from '@nestjs/platform-express'
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core'
import { IsInt, IsOptional, IsString, IsUUID, IsEnum, MaxLength } from 'class-validator'
import { Exclude, Expose, Type } from 'class-transformer'
import { map, tap, switchMap } from 'rxjs/operators'
import { of } from 'rxjs'
${imports}
${code}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return { set, titles }
}

const bodiesOf = ({ set, titles }: Awaited<ReturnType<typeof nest>>) =>
  Object.fromEntries(
    factsOf(set.facts, 'response').map((one) => [
      titles.get(one.operation) ?? '',
      `${one.status} ${printed(one.shape)}`,
    ]),
  )

const takenBy = ({ set, titles }: Awaited<ReturnType<typeof nest>>) =>
  set.facts.flatMap((fact) =>
    'operation' in fact && fact.kind !== 'response'
      ? [
          sayFact(fact, titles.get(fact.operation) ?? '')
            .replaceAll(/a client sends |the service SHALL |for /g, '')
            .trim(),
        ]
      : [],
  )

test('interceptors of Nest answer what they make of what a handler gives [SPEC-EXTRACT-06]', async () => {
  const found = await nest(
    '',
    `
@Injectable()
export class Wrap implements NestInterceptor {
  constructor(private reflector: Reflector) {}
  intercept(context: ExecutionContext, next: CallHandler) {
    if (this.reflector.get('bare', context.getHandler())) return next.handle()
    return next.handle().pipe(tap(() => console.log('done')), map((load) => ({ ok: true, load })))
  }
}
class Emptied { intercept(context, next) { return next.handle().pipe(map((one) => one ?? {})) } }
class Kept { intercept(context, next) { return of({ kept: 1 }) } }
class Asked { intercept(context, next) { return next.handle().pipe(switchMap((one) => weigh(one))) } }
declare function weigh(one: unknown): any
@Controller('crates')
class Crates {
  @Get() all() { return { weight: 1 } }
  @SetMetadata('bare', true) @Get('bare') bare() { return { weight: 1 } }
  @UseInterceptors(Kept) @Get('kept') kept() { return { weight: 1 } }
  @SetMetadata('bare', true) @UseInterceptors(Emptied) @Get('emptied') emptied() { return { weight: 1 } }
  @SetMetadata('bare', true) @UseInterceptors(Asked) @Get('asked') asked() { return { weight: 1 } }
}
@Module({ controllers: [Crates], providers: [{ provide: APP_INTERCEPTOR, useClass: Wrap }] }) export class Dock {}`,
  )
  expect(bodiesOf(found)).toEqual({
    'GET /crates': '200 {ok: boolean, load: {weight: number}}',
    'GET /crates/bare': '200 {weight: number}',
    'GET /crates/kept': '200 {ok: boolean, load: {kept: number}}',
    'GET /crates/emptied': '200 {weight: number}',
    'GET /crates/asked': '200 unknown',
  })
})

test('a handler of Nest that redirects may give another status [SPEC-EXTRACT-06]', async () => {
  const { set } = await nest(
    '',
    `
@Controller()
class Crates {
  @Get('go') @Redirect('/there', 302)
  go(@Query('old') old: string) { if (old === 'yes') return { url: '/older', statusCode: 307 } }
}
@Module({ controllers: [Crates] }) export class Dock {}`,
  )
  expect(
    factsOf(set.facts, 'response')
      .map(({ status, shape }) => `${status} ${shape.type}`)
      .toSorted(),
  ).toEqual(['302 unknown', '307 unknown'])
})

test('what the pipe of Nest that checks looks at: classes of queries and paths too, no lists and no plain values [SPEC-EXTRACT-05]', async () => {
  const found = await nest(
    'app.useGlobalPipes(new ValidationPipe({ transform: true }))',
    `
class Sought { @IsString() by: string }
class Named { @IsUUID() id: string }
class Crate { @IsString() name: string }
enum Size { Small = 'small', Large = 'large' }
@Controller('crates')
class Crates {
  @Get() all(@Query() query: Sought) { return 1 }
  @Get('of/:id') one(@Param() params: Named) { return 1 }
  @Post('many') many(@Body() crates: Crate[]) { return 1 }
  @Get('size/:size') size(@Param('size', new ParseEnumPipe(Size)) size: Size) { return 1 }
  @Put('each') each(@Body(new ParseArrayPipe({ items: Crate })) crates: Crate[]) { return 1 }
}
@Module({ controllers: [Crates] }) export class Dock {}`,
  )
  expect(takenBy(found)).toEqual([
    'WHEN GET /crates, require the query parameter by.',
    'IF, GET /crates, the request does not fit what is declared, THEN answer 400.',
    'WHEN GET /crates/of/{id}, require the path parameter id (in the form of "uuid").',
    'IF, GET /crates/of/{id}, the request does not fit what is declared, THEN answer 400.',
    'WHEN POST /crates/many, take a body of application/json with a list of Crate.',
    'IF, POST /crates/many, the body can not be read, THEN answer 400.',
    'WHEN GET /crates/size/{size}, require the path parameter size (one of "small", "large").',
    'IF, GET /crates/size/{size}, the path parameter size is not one of Size, THEN answer 400.',
    'WHEN PUT /crates/each, require a body of application/json with a list of Crate.',
    'IF, PUT /crates/each, the body is not a list of Crate, THEN answer 400.',
  ])
})

test('a pipe of a parameter of its own checks with its own status [SPEC-EXTRACT-05]', async () => {
  const found = await nest(
    '',
    `
class Crate { @IsString() name: string }
@Controller('crates')
class Crates {
  @Post() make(@Body(new ValidationPipe({ errorHttpStatusCode: 422 })) crate: Crate) { return 1 }
}
@Module({ controllers: [Crates] }) export class Dock {}`,
  )
  expect(takenBy(found)).toContain(
    'IF, POST /crates, the request does not fit what is declared, THEN answer 422.',
  )
})

test('what is said of each thing of a list is no bound of the list, and a field without a decorator is not asked for [SPEC-EXTRACT-05]', async () => {
  const { set } = await nest(
    'app.useGlobalPipes(new ValidationPipe())',
    `
enum Size { Small = 'small', Large = 'large' }
class Crate {
  @IsString({ each: true }) @MaxLength(9, { each: true }) marks: string[]
  @IsEnum(Size, { each: true }) sizes: Size[]
  @IsInt() weight: number
  note: string
}
@Controller('crates') class Crates { @Post() make(@Body() crate: Crate) { return 1 } }
@Module({ controllers: [Crates] }) export class Dock {}`,
  )
  const [crate] = factsOf(set.facts, 'model')
  expect(
    crate?.fields.map((one) => `${one.name} ${one.isRequired ? '!' : ''}${JSON.stringify(one.constraints)}`),
  ).toEqual(['marks ![]', 'sizes ![]', 'weight ![]', 'note []'])
})

test('fields that the serializer of Nest leaves out are in no answer [SPEC-EXTRACT-06]', async () => {
  const code = `
class Owner {
  id: number
  @Exclude() secret: string
  @Expose({ name: 'mail' }) email: string
}
@Exclude()
class Badge { @Expose() id: number; code: string; @Expose({ groups: ['staff'] }) note: string }
@Controller()
class Owners {
  @Get('owner') owner(): Owner { return new Owner() }
  @Get('badge') badge(): Badge { return new Badge() }
}
@Module({ controllers: [Owners] }) export class Dock {}`
  const fields = async (settings: string) =>
    factsOf((await nest(settings, code)).set.facts, 'model')
      .map((one) => `${one.name}: ${one.fields.map(({ name }) => name).join(' ')}`)
      .toSorted()
  expect(
    await fields('app.useGlobalInterceptors(new ClassSerializerInterceptor(app.get(Reflector)))'),
  ).toEqual(['Badge: id', 'Owner: id mail'])
  expect(await fields('')).toEqual(['Badge: id code note', 'Owner: id secret mail'])
})

test('files that interceptors of Nest take are fields of a multipart body, beside those of a class, and pipes refuse them [SPEC-EXTRACT-05]', async () => {
  const found = await nest(
    '',
    `
class Note { @IsString() text: string }
@Controller('files')
class Files {
  @Post('one') @UseInterceptors(FileInterceptor('photo'))
  one(@UploadedFile() file: Express.Multer.File, @Body() note: Note) { return 1 }
  @Post('many') @UseInterceptors(FilesInterceptor('photos', 5))
  many(@UploadedFiles() files: Express.Multer.File[]) { return 1 }
  @Post('checked') @UseInterceptors(FileInterceptor('photo'))
  checked(@UploadedFile(new ParseFilePipe({ validators: [new MaxFileSizeValidator({ maxSize: 900 }), new FileTypeValidator({ fileType: 'image/png' })] })) file) { return 1 }
  @Post('built') @UseInterceptors(FileInterceptor('photo', { limits: { fileSize: 700 } }))
  built(@UploadedFile(new ParseFilePipeBuilder().addMaxSizeValidator({ maxSize: 600 }).build({ fileIsRequired: false, errorHttpStatusCode: 422 })) file) { return 1 }
}
@Module({ controllers: [Files] }) export class Dock {}`,
  )
  expect(takenBy(found)).toEqual([
    'WHEN POST /files/one, take a body of multipart/form-data with photo (file), text (string, required).',
    'WHEN POST /files/many, take a body of multipart/form-data with photos (a list of file).',
    'WHEN POST /files/checked, require a body of multipart/form-data with photo (file, required).',
    'IF, POST /files/checked, the body’s field photo is not a file of less than 900 bytes, or the body’s field photo is not a file of type image/png, or the body’s field photo is missing, THEN answer 400.',
    'WHEN POST /files/built, take a body of multipart/form-data with photo (file).',
    'IF, POST /files/built, the body’s field photo is not a file of at most 700 bytes, THEN answer 413.',
    'IF, POST /files/built, the body’s field photo is not a file of less than 600 bytes, THEN answer 422.',
  ])
})

test('what a global prefix of Nest does not stand before, by patterns, methods and behind versions [SPEC-EXTRACT-02]', async () => {
  const { titles } = await nest(
    `app.setGlobalPrefix('api', { exclude: ['hooks/*rest', 'old/(.*)', 'health', { path: 'crates/:id', method: RequestMethod.GET }] })
app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' })`,
    `
@Controller('hooks') class Hooks { @Get() all() { return 1 } @Post('bank/paid') paid() { return 1 } }
@Controller('old') class Old { @Get('list') list() { return 1 } }
@Controller('health') class Health { @Get() is() { return 1 } }
@Controller('crates') class Crates { @Get(':id') one() { return 1 } @Delete(':id') drop() { return 1 } }
@Module({ controllers: [Hooks, Old, Health, Crates] }) export class Dock {}`,
  )
  expect([...titles.values()].toSorted()).toEqual([
    'DELETE /api/v1/crates/{id}',
    'GET /api/v1/hooks',
    'GET /v1/crates/{id}',
    'GET /v1/health',
    'GET /v1/old/list',
    'POST /v1/hooks/bank/paid',
  ])
})

test('middleware of Nest for paths with named stars, and cookies of its requests [SPEC-EXTRACT-07]', async () => {
  const found = await nest(
    '',
    `
function tagged(req, res, next) { if (!req.headers['x-tag']) return res.status(428).json({ message: 'tag' }); next() }
@Controller('crates') class Crates {
  @Get('deep/one') one() { return 1 }
  @Get('deep') deep() { return 1 }
  @Get('open') open(@Req() req) { return { seen: req.cookies['seen'] } }
}
@Module({ controllers: [Crates] }) export class Dock {
  configure(consumer) { consumer.apply(tagged).forRoutes('crates/deep/*rest') }
}`,
  )
  expect(takenBy(found)).toEqual([
    'WHEN GET /crates/deep/one, take the header x-tag.',
    'IF, GET /crates/deep/one, the header x-tag is missing, THEN answer 428 with message (string, required) and say "tag".',
    'WHEN GET /crates/open, take the cookie seen.',
  ])
})
