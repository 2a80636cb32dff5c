/* Decides one family of three in Zhongshan, June 2023, and prints the answer. */
#include <stdio.h>
#include <string.h>

#include "../huize.h"

static const char *FAMILY =
    "{\"policy\": \"zhongshan.dibao\", \"period\": \"2023-06\", \"household\": {"
    "\"area\": \"urban\", \"assets_verified_ok\": true, \"members\": ["
    "{\"id\": \"1\", \"birth_date\": \"1980-02-01\", \"monthly_wage\": \"2250\", \"employed\": true, \"severe_illness\": false},"
    "{\"id\": \"2\", \"birth_date\": \"1982-05-03\", \"monthly_wage\": 0, \"employed\": false, \"severe_illness\": false},"
    "{\"id\": \"3\", \"birth_date\": \"2012-09-09\", \"monthly_wage\": 0, \"employed\": false, \"severe_illness\": false}]}}";

int main(void) {
  if (huize_abi_version() != HUIZE_ABI_VERSION) {
    fprintf(stderr, "the library is of another version than the header\n");
    return 1;
  }
  HuizeService *service = huize_service_builtin();
  char *answer = NULL;

  int outcome = huize_decide(service, FAMILY, &answer);
  /* 1201 x 3 - 2250 */
  int right = outcome == HUIZE_OK && strstr(answer, "\"amount\":\"1353\"") != NULL;
  printf("%s\n", answer);
  huize_text_free(answer);

  outcome = huize_decide(service, "{\"household\": {}}", &answer);
  right = right && outcome == HUIZE_REFUSED && strstr(answer, "huize::engine::no_period") != NULL;
  printf("%s\n", answer);
  huize_text_free(answer);

  huize_service_free(service);
  return right ? 0 : 1;
}
