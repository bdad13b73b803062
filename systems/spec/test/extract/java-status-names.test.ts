import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const answered = async (status: string) => {
  const { set } = await extractFiles({
    'pom.xml': '<project><dependency><artifactId>vertx-web</artifactId></dependency></project>',
    'src/main/java/loft/Loft.java': `package loft;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.eclipse.jetty.http.HttpStatus;
import org.other.ErrorCode;
public class Loft {
  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.get("/doves").handler(context -> context.response().setStatusCode(${status}).end("No."));
    vertx.createHttpServer().requestHandler(router).listen(8080);
  }
}
`,
  })
  return factsOf(set.facts, 'error').map((one) => one.status)
}

test('statuses are read by the names that servers of Java have for them [SPEC-PACKS-01]', async () => {
  expect(await answered('HttpResponseStatus.CONFLICT.code()')).toEqual([409])
  expect(await answered('HttpStatus.NOT_FOUND_404')).toEqual([404])
  // A code of anything else is none.
  expect(await answered('ErrorCode.CONFLICT.code()')).toEqual([])
})
