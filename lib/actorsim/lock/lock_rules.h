#pragma once
namespace actorsim {
}
