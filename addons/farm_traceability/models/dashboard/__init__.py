from . import (
    farm_cycle,
    farm_dashboard,
    farm_dashboard_delivery,
    farm_dashboard_figures,
    farm_dashboard_filters,
    farm_dashboard_growing,
    farm_dashboard_losses,
    farm_dashboard_quality,
    farm_dashboard_stock,
    farm_lot_operation,
)
