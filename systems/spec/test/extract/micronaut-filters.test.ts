import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

const harbour = (filter: string) => ({
  'build.gradle': 'plugins { id("io.micronaut.application") }',
  'src/main/java/port/Boats.java': `
package port;
import io.micronaut.http.annotation.*;
@Controller("/boats")
public class Boats {
  @Get public String all() { return "boats"; }
  @Post("/sunk") public String sunk() { return "sunk"; }
}
`,
  'src/main/java/port/Watch.java': filter,
})

test('a filter of Micronaut refuses what its patterns fit, by what it gives in the place of what comes next [SPEC-EXTRACT-06]', async () => {
  expect(
    await saidErrors(
      harbour(`
package port;
import io.micronaut.http.*;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.*;
import org.reactivestreams.Publisher;
import reactor.core.publisher.*;
@Filter("/boats/**")
public class Watch implements HttpServerFilter {
  @Override
  public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
    return Mono.fromCallable(() -> "open").flux().switchMap(is -> {
      if (request.getHeaders().get("X-Watch") == null) {
        return Flux.just(HttpResponse.unauthorized());
      }
      return chain.proceed(request);
    });
  }
}
`),
    ),
  ).toEqual([
    'IF, for GET /boats, the header X-Watch is missing, THEN the service SHALL answer 401.',
    'IF, for POST /boats/sunk, the header X-Watch is missing, THEN the service SHALL answer 401.',
  ])
})

test('what a function of a stream is given decides more than is known [SPEC-EXTRACT-06]', async () => {
  const said = await saidErrors(
    harbour(`
package port;
import io.micronaut.http.*;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.*;
import org.reactivestreams.Publisher;
import reactor.core.publisher.*;
@Filter("/**")
public class Watch implements HttpServerFilter {
  @Override
  public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
    return Mono.fromCallable(() -> settings.isWatched()).flux().switchMap(watched -> {
      if (!watched) return chain.proceed(request);
      if (request.getHeaders().getAuthorization().isEmpty()) return Flux.just(HttpResponse.unauthorized());
      return chain.proceed(request);
    });
  }
}
`),
  )
  expect(said).toEqual([
    'GET /boats may answer 401. (Open: when.)',
    'POST /boats/sunk may answer 401. (Open: when.)',
  ])
})

test('a method that is a filter of requests refuses where it gives an answer [SPEC-EXTRACT-06]', async () => {
  expect(
    await saidErrors(
      harbour(`
package port;
import io.micronaut.http.*;
import io.micronaut.http.annotation.*;
@ServerFilter(patterns = ServerFilter.MATCH_ALL_PATTERN, methods = HttpMethod.POST)
public class Watch {
  @RequestFilter
  public HttpResponse<?> asked(HttpRequest<?> request) {
    return request.getHeaders().get("X-Watch") == null ? HttpResponse.status(HttpStatus.FORBIDDEN) : null;
  }
}
`),
    ),
  ).toEqual(['IF, for POST /boats/sunk, the header X-Watch is missing, THEN the service SHALL answer 403.'])
})

test('what a filter asks of the method that a request is for is what stands there [SPEC-EXTRACT-06]', async () => {
  expect(
    await saidErrors(
      harbour(`
package port;
import io.micronaut.http.*;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.*;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.web.router.*;
import org.reactivestreams.Publisher;
import io.micronaut.core.async.publisher.Publishers;
import java.util.Optional;
@Filter("/**")
public class Watch implements HttpServerFilter {
  @Override
  public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
    Optional<RouteMatch> match = RouteMatchUtils.findRouteMatch(request);
    if (match.isPresent() && match.get() instanceof MethodBasedRouteMatch<?, ?> found) {
      if (found.getExecutableMethod().getAnnotation(Endpoint.class) != null) {
        return Publishers.just(HttpResponse.unauthorized());
      }
    }
    return chain.proceed(request);
  }
}
`),
    ),
  ).toEqual([])
})
