from . import farm_gln, farm_label_block, farm_label_job, farm_label_template  # isort: skip - inherited below
from . import (
    farm_certification_scheme,
    farm_label_job_send,
    farm_label_press,
    farm_label_preview,
    farm_label_printer,
    farm_label_values,
    farm_sscc,
    product_product,
    res_company,
    res_config_settings,
    stock_package,
    subjects,
)
