#include "CBoostMath.h"

#include <cmath>
#include <limits>
#include <utility>

#include <boost/math/policies/policy.hpp>
#include <boost/math/policies/error_handling.hpp>

namespace boost {
namespace math {
namespace policies {

// `ignore_error` would hand back the last iterate of a series or a root search that did not converge. A number
// that may be wrong is worse than none, so the evaluation error takes the user's handler, which gives NaN.
template <class T>
T user_evaluation_error(const char *, const char *, const T &) {
  return std::numeric_limits<T>::quiet_NaN();
}

}  // namespace policies
}  // namespace math
}  // namespace boost

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace {

using namespace boost::math::policies;

using Quiet = policy<
    domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
    underflow_error<ignore_error>, denorm_error<ignore_error>, rounding_error<ignore_error>,
    indeterminate_result_error<ignore_error>, evaluation_error<user_error>>;

// Some headers of Boost throw outside the policy (a failed conversion, say); none of it may cross into C.
template <class Body>
double guarded(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

using Normal = boost::math::normal_distribution<double, Quiet>;
using StudentT = boost::math::students_t_distribution<double, Quiet>;
using Gamma = boost::math::gamma_distribution<double, Quiet>;
using Beta = boost::math::beta_distribution<double, Quiet>;
using Poisson = boost::math::poisson_distribution<double, Quiet>;
using NegativeBinomial = boost::math::negative_binomial_distribution<double, Quiet>;
using Binomial = boost::math::binomial_distribution<double, Quiet>;

}  // namespace

#define CBOOST_VALUES_1(name, Distribution)                                                        \
  double cboost_##name##_pdf(double x, double a) {                                                 \
    return guarded([=] { return boost::math::pdf(Distribution(a), x); });                          \
  }                                                                                                \
  double cboost_##name##_cdf(double x, double a) {                                                 \
    return guarded([=] { return boost::math::cdf(Distribution(a), x); });                          \
  }                                                                                                \
  double cboost_##name##_ccdf(double x, double a) {                                                \
    return guarded([=] { return boost::math::cdf(boost::math::complement(Distribution(a), x)); }); \
  }

#define CBOOST_VALUES_2(name, Distribution)                                                           \
  double cboost_##name##_pdf(double x, double a, double b) {                                          \
    return guarded([=] { return boost::math::pdf(Distribution(a, b), x); });                          \
  }                                                                                                   \
  double cboost_##name##_cdf(double x, double a, double b) {                                          \
    return guarded([=] { return boost::math::cdf(Distribution(a, b), x); });                          \
  }                                                                                                   \
  double cboost_##name##_ccdf(double x, double a, double b) {                                         \
    return guarded([=] { return boost::math::cdf(boost::math::complement(Distribution(a, b), x)); }); \
  }

#define CBOOST_QUANTILES_1(name, Distribution)                                                          \
  double cboost_##name##_quantile(double p, double a) {                                                 \
    return guarded([=] { return boost::math::quantile(Distribution(a), p); });                          \
  }                                                                                                     \
  double cboost_##name##_cquantile(double q, double a) {                                                \
    return guarded([=] { return boost::math::quantile(boost::math::complement(Distribution(a), q)); }); \
  }

#define CBOOST_QUANTILES_2(name, Distribution)                                                             \
  double cboost_##name##_quantile(double p, double a, double b) {                                          \
    return guarded([=] { return boost::math::quantile(Distribution(a, b), p); });                          \
  }                                                                                                        \
  double cboost_##name##_cquantile(double q, double a, double b) {                                         \
    return guarded([=] { return boost::math::quantile(boost::math::complement(Distribution(a, b), q)); }); \
  }

CBOOST_VALUES_2(normal, Normal)
CBOOST_QUANTILES_2(normal, Normal)
CBOOST_VALUES_1(student_t, StudentT)
CBOOST_QUANTILES_1(student_t, StudentT)
CBOOST_VALUES_2(gamma, Gamma)
CBOOST_QUANTILES_2(gamma, Gamma)
CBOOST_VALUES_2(beta, Beta)
CBOOST_QUANTILES_2(beta, Beta)
CBOOST_VALUES_1(poisson, Poisson)
CBOOST_VALUES_2(negative_binomial, NegativeBinomial)
CBOOST_VALUES_2(binomial, Binomial)

double cboost_log_gamma(double x) {
  return guarded([=] { return boost::math::lgamma(x, Quiet()); });
}
