"""Default names of pictures are no descriptions; words are."""

import pytest

from publisher.text.picture_names import is_picture_name


@pytest.mark.parametrize(
    "name",
    [
        "图片1",
        "图片 1",
        "图片",
        "图",
        "圖片2",
        "图 3",
        "图一",
        "image1",
        "image001",
        "Image",
        "Picture 12",
        "IMG_20210305",
        "微信图片_20210305101112",
        "QQ截图20210305101112",
        "屏幕截图 2021-03-05",
        "图片(1)",
        "照片",
        "a b.PNG",
        "流程图.jpg",
        "untitled",
    ],
)
def test_a_default_name_is_no_description(name):
    assert is_picture_name(name)


@pytest.mark.parametrize(
    "words",
    [
        "图1：办理流程",
        "办理流程图",
        "图书馆",
        "图片（原文未附说明）",
        "照片：云溪桥",
        "image of a bridge",
        "云溪县2021年公开信息",
        "地图",
        "figures of 2021",
    ],
)
def test_words_are_a_description(words):
    assert not is_picture_name(words)
