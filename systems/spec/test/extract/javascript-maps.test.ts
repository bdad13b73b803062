import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('a Map that is written out gives what stands under a key, as a filter of errors asks it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"@nestjs/common":"10","@nestjs/core":"10"}}',
      'main.ts': `
import { BaseExceptionFilter, NestFactory } from '@nestjs/core'
import { ArgumentsHost, Catch, ConflictException, Controller, Get, HttpException, Module, NotFoundException, Query } from '@nestjs/common'
class Missing extends Error { name = 'Missing' }
class Taken extends Error { name = 'Taken' }
class Odd extends Error { name = 'Odd' }
const answers: Map<string, (said: object) => HttpException> = new Map([
  ['Missing', (said): HttpException => new NotFoundException(said)],
  ['Taken', (said): HttpException => new ConflictException(said)],
])
@Catch()
class Answering extends BaseExceptionFilter<Error> {
  catch(error: Error, host: ArgumentsHost): void { super.catch(this.answerTo(error), host) }
  private answerTo(error: Error): Error {
    const made = answers.get(error.name)
    return made === undefined ? error : made({})
  }
}
const sizes = new Map([['big', 9], ['small', 2]])
@Controller()
class Crates {
  @Get('crates') one(@Query('name') name: string) {
    if (name === 'gone') throw new Missing()
    if (name === 'taken') throw new Taken()
    if (name === 'odd') throw new Odd()
    return name
  }
  @Get('sizes') size(@Query('size') size: string) {
    if (!sizes.has(size)) throw new Taken()
    return 'fits'
  }
}
@Module({ controllers: [Crates] })
class App {}
NestFactory.create(App).then((app) => {
  app.useGlobalFilters(new Answering())
  return app.listen(80)
})
`,
    }),
  ).toEqual({
    '/crates': [
      '404 where query.name == gone',
      '409 where query.name != gone and query.name == taken',
      '500 where query.name != gone and query.name != taken and query.name == odd',
      '200',
    ],
    '/sizes': ['409 where query.size not-in big,small', '200'],
  })
})
